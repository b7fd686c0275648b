# Completion of perftop in fish. The parts between marks are made from the program's lists by "make golden".

# The words that are no options, nor values of one; after them a word that is never typed where `--` was seen.
function __perftop_words
    set -l is_value no
    for word in (commandline -opc)[2..-1]
        if test $is_value = yes
            set is_value no
            continue
        end
        switch $word
# <valued>
            case -p --pid -n --name -d --delay --seconds --count --theme --themes-dir --palette --sysroot --config --for --fail-on --search --limit
                set is_value yes
# <end of valued>
            case --
                printf '%s\n' --
                return
            case '-*'
            case '*'
                echo $word
        end
    end
end

# Whether the command is one of these; `screen` where there is none yet.
function __perftop_is
    set -l words (__perftop_words)
    contains -- -- $words; and return 1
    set -q words[1]; or set words screen
    contains -- $words[1] $argv
end

# Whether exactly these words were said.
function __perftop_said
    test "$(__perftop_words | string join ' ')" = "$argv"
end

function __perftop_launches
    contains -- -- (__perftop_words)
end

# The number and the name of each program that runs; threads of the kernel are none. One that ends meanwhile is passed over.
function __perftop_processes
    set -l running (string match -r '^/proc/\d+$' /proc/*)
    set -l programs (command grep -las . $running/cmdline | string replace /cmdline /comm)
    set -q programs[1]; or return
    command grep -Has '' $programs | string replace -r '^/proc/(\d+)/comm:(.*)$' '$1'\t'$2' | string replace -ra '[[:cntrl:]]' � | string replace � \t
end

# Several numbers may be given.
function __perftop_pids
    set -l before (commandline -ct | string replace -r '^(--pid=|-p)' '' | string match -r '^.*,')
    for process in (__perftop_processes)
        echo -- "$before$process"
    end
end

# A name with what can not be typed in it is left out.
function __perftop_names
    __perftop_processes | string replace -r '^\d+\t' '' | string match -v '*�*' | sort -u
end

function __perftop_themes
    set -l program (commandline -opc)[1]
    command $program themes list 2>/dev/null </dev/null
end

# What may follow `--`: the words of any other command.
function __perftop_launched
    set -l words (commandline -opc)
    set -l place (contains -i -- -- $words)
    complete -C "$(string join ' ' -- (string escape -- $words[(math $place + 1)..-1]) (commandline -ct))"
end

complete -c perftop -f
complete -c perftop -n __perftop_launches -a '(__perftop_launched)'
complete -c perftop -n '__perftop_said themes show' -a '(__perftop_themes)'
complete -c perftop -n '__perftop_said config check' -F
complete -c perftop -n 'test (count (__perftop_words)) -ge 2; and __perftop_is analyze' -F
# <lines>
complete -c perftop -n '__perftop_said' -a demo -d 'a simulated robot to try everything on'
complete -c perftop -n '__perftop_said' -a snapshot -d 'one reading without a terminal'
complete -c perftop -n '__perftop_said' -a check -d 'whether all is well enough to launch'
complete -c perftop -n '__perftop_said' -a send -d 'make a process do something, from a script'
complete -c perftop -n '__perftop_said' -a doctor -d 'what can be read here, and what it lacks'
complete -c perftop -n '__perftop_said' -a config -d 'where settings are, and what is wrong with them'
complete -c perftop -n '__perftop_said config' -a path
complete -c perftop -n '__perftop_said config' -a check
complete -c perftop -n '__perftop_said config' -a defaults
complete -c perftop -n '__perftop_said' -a help -d 'this text, or that of one command'
complete -c perftop -n '__perftop_said' -a analyze -d 'whether memory in a table leaks'
complete -c perftop -n '__perftop_said analyze' -a memory
complete -c perftop -n '__perftop_said analyze' -a latency
complete -c perftop -n '__perftop_said' -a themes -d 'which themes there are'
complete -c perftop -n '__perftop_said themes' -a list
complete -c perftop -n '__perftop_said themes' -a show
complete -c perftop -n '__perftop_said' -a alerts -d 'alerts that are not over, on all screens'
complete -c perftop -n '__perftop_said alerts' -a list
complete -c perftop -n '__perftop_said alerts' -a ack
complete -c perftop -n '__perftop_said alerts' -a ack-all
complete -c perftop -n '__perftop_said alerts' -a shelve
complete -c perftop -n '__perftop_said alerts' -a undo
complete -c perftop -n '__perftop_said alerts' -a note
complete -c perftop -n '__perftop_said alerts' -a history
complete -c perftop -n '__perftop_said alerts' -a test
complete -c perftop -n '__perftop_said help' -a demo -d 'a simulated robot to try everything on'
complete -c perftop -n '__perftop_said help' -a snapshot -d 'one reading without a terminal'
complete -c perftop -n '__perftop_said help' -a check -d 'whether all is well enough to launch'
complete -c perftop -n '__perftop_said help' -a send -d 'make a process do something, from a script'
complete -c perftop -n '__perftop_said help' -a doctor -d 'what can be read here, and what it lacks'
complete -c perftop -n '__perftop_said help' -a config -d 'where settings are, and what is wrong with them'
complete -c perftop -n '__perftop_said help' -a analyze -d 'whether memory in a table leaks'
complete -c perftop -n '__perftop_said help' -a themes -d 'which themes there are'
complete -c perftop -n '__perftop_said help' -a alerts -d 'alerts that are not over, on all screens'
complete -c perftop -n '__perftop_is screen snapshot check send doctor' -s p -l pid -x -a '(__perftop_pids)' -d 'watch these processes; may be given more than once'
complete -c perftop -n '__perftop_is screen snapshot check doctor' -s n -l name -x -a '(__perftop_names)' -d 'watch what has this name or matches this expression'
complete -c perftop -n '__perftop_is screen demo snapshot check' -s d -l delay -x -d 'time between readings: 0.5, 500ms, 2s; default 1, shortest 10ms'
complete -c perftop -n '__perftop_is screen snapshot check' -l no-children -d 'leave out the children of what is watched'
complete -c perftop -n '__perftop_is screen demo send' -l readonly -d 'let no action reach a target'
complete -c perftop -n '__perftop_is screen' -l kill-on-exit -d 'end the launched program when perftop ends'
complete -c perftop -n '__perftop_is screen' -l as-root -d 'under sudo, run the program as root'
complete -c perftop -n '__perftop_is demo' -l seconds -x -d 'end by itself after so many seconds'
complete -c perftop -n '__perftop_is snapshot check analyze alerts' -l json -d 'print JSON: one object a target, a file or an alert'
complete -c perftop -n '__perftop_is snapshot' -l jsonl -d 'print one JSON object a line, again and again'
complete -c perftop -n '__perftop_is snapshot' -l count -x -d 'stop after so many readings'
complete -c perftop -n '__perftop_is screen demo themes' -l theme -r -F -a '(__perftop_themes)' -d 'colours: the name of a theme, or a theme file'
complete -c perftop -n '__perftop_is screen demo themes' -l themes-dir -x -a '(__fish_complete_directories)' -d 'where themes are looked for first'
complete -c perftop -n '__perftop_is screen demo themes' -l palette -x -a 'truecolor 256 16 8 off' -d 'how many colours to use'
complete -c perftop -n '__perftop_is screen demo themes' -l no-color -d 'no colours, as with NO_COLOR in the environment'
complete -c perftop -n '__perftop_is screen demo snapshot check send doctor analyze themes alerts' -l ascii -d 'draw with ASCII characters only'
complete -c perftop -n '__perftop_is screen snapshot check send doctor' -l sysroot -x -a '(__fish_complete_directories)' -d 'read DIR/proc and DIR/sys instead of /proc and /sys'
complete -c perftop -n '__perftop_is screen' -l reset-terminal -d 'repair a terminal that was left in disorder'
complete -c perftop -n '__perftop_is screen demo snapshot check send config alerts' -l config -r -F -d 'the file with the settings; perftop config path says which is usual'
complete -c perftop -n '__perftop_is send' -l yes -d 'accept a road that the screen would ask about'
complete -c perftop -n '__perftop_is analyze' -l explain -d 'say why, in numbers'
complete -c perftop -n '__perftop_is check alerts' -l for -x -d 'how long to watch (default 10s), or to put an alert aside: 30s, 30m, 2h'
complete -c perftop -n '__perftop_is check' -l fail-on -x -d 'end with 1 where an alert at least this bad has fired; default critical'
complete -c perftop -n '__perftop_is alerts' -l search -x -d 'only what has all of these words'
complete -c perftop -n '__perftop_is alerts' -l limit -x -d 'so many entries at most; default 50'
complete -c perftop -n '__perftop_is alerts' -l stats -d 'how much alerts ask of people, against the limits of ISA-18.2'
complete -c perftop -n '__perftop_is screen demo snapshot check send doctor config help analyze themes alerts' -s h -l help -d 'show help; with a command, help about that command'
complete -c perftop -n '__perftop_is screen demo snapshot check send doctor config help analyze themes alerts' -s V -l version -d 'show the version'
# <end of lines>
