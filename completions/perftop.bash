# Completion of perftop in bash. The part between marks is made from the program's lists by "make golden".

# Sets `list` to what there is of something.
__perftop_list() {
  case $1 in
# <lists>
    'commands') list='demo snapshot check send doctor config help analyze themes alerts' ;;
    'options of ') list='-p --pid -n --name -d --delay --no-children --readonly --kill-on-exit --as-root --theme --themes-dir --palette --no-color --ascii --sysroot --reset-terminal --config -h --help -V --version' ;;
    'options of demo') list='-d --delay --readonly --seconds --theme --themes-dir --palette --no-color --ascii --config -h --help -V --version' ;;
    'options of snapshot') list='-p --pid -n --name -d --delay --no-children --json --jsonl --count --ascii --sysroot --config -h --help -V --version' ;;
    'options of check') list='-p --pid -n --name -d --delay --no-children --json --ascii --sysroot --config --for --fail-on -h --help -V --version' ;;
    'options of send') list='-p --pid --readonly --ascii --sysroot --config --yes -h --help -V --version' ;;
    'options of doctor') list='-p --pid -n --name --ascii --sysroot -h --help -V --version' ;;
    'options of config') list='--config -h --help -V --version' ;;
    'words of config') list='path check defaults' ;;
    'options of help') list='-h --help -V --version' ;;
    'options of analyze') list='--json --ascii --explain -h --help -V --version' ;;
    'words of analyze') list='memory latency' ;;
    'options of themes') list='--theme --themes-dir --palette --no-color --ascii -h --help -V --version' ;;
    'words of themes') list='list show' ;;
    'options of alerts') list='--json --ascii --config --for --search --limit --stats -h --help -V --version' ;;
    'words of alerts') list='list ack ack-all shelve undo note history test' ;;
# <end of lists>
    *) list= ;;
  esac
}

# Sets `kind` to that of the value that an option takes.
__perftop_kind() {
  case $1 in
# <kinds>
    -p | --pid) kind='pids' ;;
    -n | --name) kind='names' ;;
    -d | --delay | --seconds | --count | --for | --fail-on | --search | --limit) kind='anything' ;;
    --theme) kind='themes' ;;
    --themes-dir | --sysroot) kind='directories' ;;
    --palette) kind='choice:truecolor 256 16 8 off' ;;
    --config) kind='files' ;;
# <end of kinds>
    *) kind= ;;
  esac
}

# Offers each that begins with what is typed. None of them is evaluated: anybody may choose the name of a process.
__perftop_offer() {
  local each
  for each; do
    [[ $each == "$cur"* ]] && COMPREPLY+=("$prefix$each")
  done
}

# Calls a function with the number and the name of each program that runs; threads of the kernel are none.
__perftop_processes() {
  local folder name program
  for folder in /proc/[0-9]*; do
    { IFS= read -r name <"$folder/comm"; } 2>/dev/null || continue
    { IFS= read -r -d '' program <"$folder/cmdline"; } 2>/dev/null || continue
    "$1" "${folder#/proc/}" "${name//[^[:print:]]/�}"
  done
}

__perftop_pid() {
  [[ $1 == "$cur"* ]] && COMPREPLY+=("$prefix$1  ($2)")
}

# Several numbers may be given; the names are only shown, and go where one number is left.
__perftop_pids() {
  if [[ $cur == *,* ]]; then
    prefix+=${cur%,*},
    cur=${cur##*,}
  fi
  __perftop_processes __perftop_pid
  # Kinds of completion that put in whole candidates one after another must not put in names.
  if [[ ${#COMPREPLY[@]} -eq 1 || $COMP_TYPE -eq 37 || $COMP_TYPE -eq 42 ]]; then
    COMPREPLY=("${COMPREPLY[@]%%  (*}")
  fi
}

__perftop_name() {
  local name=$2 known
  # What can not be typed is left out.
  [[ $name == *�* ]] && return
  if [[ -n $quote ]]; then
    [[ $name == *[\"\'\`\$\\!]* ]] && return
  else
    printf -v name %q "$name"
  fi
  [[ $name == "$cur"* ]] || return
  for known in "${COMPREPLY[@]}"; do [[ $known == "$prefix$name" ]] && return; done
  COMPREPLY+=("$prefix$name")
}

__perftop_names() {
  local quote=
  case $cur in
    \"* | \'*)
      quote=${cur:0:1}
      cur=${cur:1}
      ;;
  esac
  __perftop_processes __perftop_name
}

__perftop_files() {
  local each
  while IFS= read -r each; do COMPREPLY+=("$prefix$each"); done < <(compgen "$1" -- "$cur")
  compopt -o filenames 2>/dev/null
}

__perftop_themes() {
  local -a names
  mapfile -t names < <("$program" themes list 2>/dev/null </dev/null)
  # A file's name may be anything: as it is typed, it must not run.
  ((${#names[@]})) && mapfile -t names < <(printf '%q\n' "${names[@]}")
  __perftop_offer "${names[@]}"
  [[ $cur == */* ]] && __perftop_files -f
}

# The value of an option, by the kind of value it takes.
__perftop_value() {
  local kind=$1
  case $kind in
    pids | names | themes) "__perftop_$kind" ;;
    files) __perftop_files -f ;;
    directories) __perftop_files -d ;;
    choice:*) __perftop_offer ${kind#choice:} ;;
  esac
}

# What follows the words `command` and `verb`.
__perftop_word() {
  case $command:$verb in
    :) __perftop_list commands ;;
    help:) __perftop_list commands ;;
    themes:show) __perftop_themes ;;
    config:check) __perftop_files -f ;;
    analyze:memory | analyze:latency) __perftop_files -f ;;
    *:) __perftop_list "words of $command" ;;
  esac
  __perftop_offer $list
}

_perftop() {
  local cur=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]} prefix= list= kind=
  local command= verb= index word
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ $word == -- ]]; then
      if declare -F _command_offset >/dev/null; then
        _command_offset $((index + 1))
      elif ((COMP_CWORD == index + 1)); then
        __perftop_files -c
      else
        __perftop_files -f
      fi
      return
    fi
    # Bash takes --option=value apart at the sign.
    if [[ $word == = && -n $kind ]]; then continue; fi
    if [[ -n $kind ]]; then
      kind=
    elif [[ $word == -* ]]; then
      __perftop_kind "$word"
    elif [[ -z $command ]]; then
      command=$word
    elif [[ -z $verb ]]; then
      verb=$word
    fi
  done
  list=
  [[ $cur == = && -n $kind ]] && cur=
  if [[ -z $kind && $cur == --*=* ]]; then
    prefix=${cur%%=*}=
    __perftop_kind "${cur%%=*}"
    cur=${cur#*=}
  elif [[ -z $kind && $cur == -[a-zA-Z]?* ]]; then
    __perftop_kind "${cur:0:2}"
    [[ -n $kind ]] && prefix=${cur:0:2} cur=${cur:2}
  fi
  if [[ -n $kind ]]; then
    __perftop_value "$kind"
  elif [[ $cur == -* ]]; then
    __perftop_list "options of $command"
    __perftop_offer $list
  else
    list=
    __perftop_word
  fi
}

complete -F _perftop perftop
