# Devices: only what the agent opens; nothing is asked for while somebody types.
complete -c keyfob -n "__fish_keyfob_using_subcommand code check edit remove qr" -f -a "(keyfob names 2>/dev/null)" -d 'Device'
