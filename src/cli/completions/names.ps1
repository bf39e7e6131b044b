    # Devices: only what the agent opens; nothing is asked for while somebody types.
    if ($command -in 'keyfob;code', 'keyfob;check', 'keyfob;edit', 'keyfob;remove', 'keyfob;qr') {
        $completions = @($completions) + @(keyfob names 2>$null | Where-Object { $_ } | ForEach-Object {
            $word = if ($_ -match '^[\w:@.-]+$') { $_ } else { "'" + $_.Replace("'", "''") + "'" }
            [CompletionResult]::new($word, $_, [CompletionResultType]::ParameterValue, $_)
        })
    }

