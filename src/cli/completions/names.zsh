# Devices: only what the agent opens; nothing is asked for while somebody types.
(( $+functions[_keyfob_devices] )) ||
_keyfob_devices() {
    local -a names
    names=("${(@f)$(keyfob names 2>/dev/null)}")
    names=(${names:#})
    compadd -a names
}
