# Devices: only what the agent opens; nothing is asked for while somebody types.
var keyfob-words~ = $edit:completion:arg-completer[keyfob]
set edit:completion:arg-completer[keyfob] = {|@words|
    keyfob-words $@words
    if (and (> (count $words) 2) (has-value [code check edit remove qr] $words[1])) {
        try { e:keyfob names 2>/dev/null | from-lines } catch { }
    }
}
