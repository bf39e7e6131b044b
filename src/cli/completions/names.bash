# Devices: only what the agent opens; nothing is asked for while somebody types.
_keyfob_devices() {
    local cur="${COMP_LINE:0:COMP_POINT}" word="" name IFS=$'\n'
    _keyfob "$@"
    case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in
        code\ * | check\ * | edit\ * | remove\ * | qr\ * | "aws resync" | "aws unenroll") ;;
        *) return 0 ;;
    esac
    # The word as it is typed so far: bash splits it at every colon.
    word="${cur##*[[:space:]]}"
    case "$word" in -*) return 0 ;; esac
    # What is before the last colon is there already.
    local there=""
    case "$word" in *:*) [[ "$COMP_WORDBREAKS" == *:* ]] && there="${word%"${word##*:}"}" ;; esac
    for name in $(keyfob names 2>/dev/null); do
        name="$(printf '%q' "$name")"
        [[ "$name" == "$word"* ]] && COMPREPLY+=("${name#"$there"}")
    done
    return 0
}
complete -F _keyfob_devices -o bashdefault -o default keyfob
