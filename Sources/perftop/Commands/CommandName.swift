/// Every command, those of later versions too: parser, help and refusals all read this one list.
enum CommandName: String, Sendable, CaseIterable {
  case watch, launch, demo, snapshot, check, send, doctor, config, help
  case keep, robot
  case analyze, themes
  case alerts, record, replay, export, diff

  /// How far a command is a promise in this version.
  enum Standing: Sendable { case present, hidden, later }

  var standing: Standing {
    switch self {
    case .watch, .launch, .demo, .snapshot, .check, .send, .doctor, .analyze, .themes, .config,
      .alerts, .help:
      .present
    case .keep, .robot: .hidden
    default: .later
    }
  }

  /// Whether the command is said by its own word, and not by an option or by `--`.
  var hasWord: Bool { self != .watch && self != .launch }

  /// The ways to write it, each with what it does.
  var forms: [(form: String, meaning: String)] {
    switch self {
    case .watch:
      [
        ("perftop", "pick a process from a live list, and watch it"),
        ("perftop -p PID[,PID...]", "watch these processes and their children"),
        ("perftop -n NAME|REGEX", "watch by name; follow it across restarts"),
      ]
    case .launch: [("perftop -- COMMAND [ARG...]", "launch a program and watch it")]
    case .demo: [("perftop demo [--seconds N]", "a simulated robot to try everything on")]
    case .snapshot: [("perftop snapshot [--json]", "one reading without a terminal")]
    case .check: [("perftop check [--for TIME]", "whether all is well enough to launch")]
    case .send: [("perftop send ACTION -p PID", "make a process do something, from a script")]
    case .doctor: [("perftop doctor [-p PID]", "what can be read here, and what it lacks")]
    case .analyze:
      [
        ("perftop analyze memory FILE...", "whether memory in a table leaks"),
        ("perftop analyze latency FILE...", "where a series changes its level"),
      ]
    case .themes:
      [
        ("perftop themes [list]", "which themes there are"),
        ("perftop themes show [NAME]", "what a theme looks like"),
      ]
    case .config:
      [("perftop config [path|check|defaults]", "where settings are, and what is wrong with them")]
    case .alerts:
      [
        ("perftop alerts [list]", "alerts that are not over, on all screens"),
        ("perftop alerts ack ID", "accept one"),
        ("perftop alerts ack-all", "accept every one that fires"),
        ("perftop alerts shelve ID --for TIME", "put one aside: 90s, 30m, 2h"),
        ("perftop alerts undo ID", "take that back"),
        ("perftop alerts note ID TEXT", "write something to it for others"),
        ("perftop alerts history", "what happened, newest first"),
        ("perftop alerts test [NAME]", "send a message by one channel, or by each"),
        ("perftop alerts --stats", "how much alerts ask of people"),
      ]
    case .help: [("perftop help [COMMAND]", "this text, or that of one command")]
    default: []
    }
  }

  /// How many words may be said, itself among them.
  var mostWords: Int {
    switch self {
    case .themes: 3
    case .analyze: .max
    case .send: 2
    case .alerts: .max
    default: 1
    }
  }

  /// What a person should know before using it.
  var description: String {
    switch self {
    case .watch:
      """
      Shows six panes about a process: Memory, Storage, Batching, Quality, Thermal, \
      Alerts. Children are included. With several targets the screen shows one of them; \
      ] and [ step to the others. NAME is looked for in the name and in the whole \
      command line; without a match perftop waits on a terminal, and ends with 3 \
      elsewhere. Without -p and -n perftop starts with a list of all processes, linked \
      ones first: / filters it, s sorts it, t makes a tree of it, space marks, enter \
      watches. A filter is words that must all be found (in name, command, user, unit, \
      container and pid), /REGEX, and comparisons such as rss>500M cpu>20 growth>1M (a \
      minute) io>1M threads>100 user=robot state=D unit=collector; ! before one of \
      them turns it round. Esc leaves the list, p on the live screen opens it again. \
      When standard output is not a terminal, one snapshot is printed as text.
      """
    case .launch:
      """
      The program outlives perftop and its terminal: it has no terminal of its own, \
      reads from /dev/null, and what it prints goes to a log of at most 2 MB below \
      $XDG_STATE_HOME/perftop/runs or ~/.local/state/perftop/runs. perftop ends with \
      the program's own status, 128 and the signal's number if a signal ended it, \
      127 if there is no such program, 126 if it can not be run; and with 0 if you \
      leave first. Where another process is watched when it ends, perftop stays, says \
      so, and ends with that status when you quit. Under sudo the program runs as the calling user.
      """
    case .demo:
      """
      Starts a real child process that allocates, leaks, collects, writes files of \
      several formats and changes its load in phases of a minute; any other tool can \
      watch it too. Temperatures are simulated, and the screen says so. Everything is \
      gone when it ends, however it ends.
      """
    case .snapshot:
      """
      Takes two readings one delay apart and prints what the panes would show: as \
      text, or as one JSON object for each target.
      """
    case .check:
      """
      A preflight for launch files: watches the machine, or the processes that are \
      named, for the time of --for, prints one line for each monitor with its verdict, \
      one for each alert that fired, and PASSED or FAILED last. It ends with 1 where an \
      alert at or above --fail-on has fired, and with 3 where there is no such process. \
      Rules that would wait longer fire when the trouble has lasted half of the time. \
      What takes minutes to judge, such as a leak, needs a longer --for.
      """
    case .send:
      """
      ACTION is one of gc (collect garbage), evict (give up caches that cost nothing but \
      time to have again), evict=NAME[,NAME...] (one of the program's own caches, or \
      pages: page cache of its open files, cold: memory to swap, group: file pages of \
      its control group, command: the configured one), quality=LEVEL (ultra_low, low, \
      medium, high, ultra_high, or up, down, auto) and batch=N. Roads are tried in order: \
      the program's link, then for gc the JVM's attach socket, CPython 3.14's remote \
      debugging interface, Node's inspector, and last the command configured for the \
      program under targets:. None of them stops or traces the process. The outcome is \
      one line that begins with what was done and ends with the road in parentheses; for \
      several processes each line begins with the number. It ends with 1 where something \
      was refused or failed, 3 where there is no such process, 4 where a right is \
      lacking. Of a JVM it waits up to 3 s for freed memory to go back to the system.
      """
    case .doctor:
      """
      Lists each source of measurements: whether it works here, or what it lacks and \
      the one command that grants it.
      """
    case .analyze:
      """
      FILE is a table of text; - is standard input. memory needs the columns \
      t_seconds and rss_bytes and says whether memory leaks: how fast, since when, and \
      when it stopped. latency needs index and value and says where the level changes \
      for the first time, which way and how far; outliers, two modes, more \
      noise and most seasons are no change. The first line names the columns, in any order and among \
      others. The judgement is the one of the live screen, and what is said at a line \
      rests on that line and those before it. --json prints one object a line for each \
      file, in order; docs/MONITORS.md lists its keys, confidence is that of the verdict, \
      whichever it is. Samples further apart than 5 s make memory wait longer. Lines without a number (NaN, empty), with a value below 0, or \
      that go back in time are left out, and what was assumed is said on standard \
      error. A file that makes no sense is one line there, FILE:LINE: what is wrong; \
      the others are answered all the same, and it ends with 2.
      """
    case .config:
      """
      path prints the file that is used, or the place where it is looked for first; why \
      another is passed over goes to standard error, and path then ends with 2. \
      check [FILE] prints each setting that is not obeyed, with its line and the reason, \
      and what could not be understood of the theme's file, and ends with 2 where there \
      is any. defaults prints a file with every setting at \
      its default on this machine and what it means: keep the lines that you change. \
      The first of these that can be read is used: --config FILE, $PERFTOP_CONFIG, \
      $XDG_CONFIG_HOME/perftop/config.yaml (~/.config without it), \
      /etc/perftop/config.yaml. A running perftop reads it again on SIGUSR2. perftop \
      never writes it.
      """
    case .themes:
      """
      list says each theme's name, whether it is for a dark or a light terminal, and \
      where it comes from; * marks the one the screen begins with. When standard output \
      is not a terminal it prints a bare name a line, for scripts. show paints a sample of \
      each role and gradient as this terminal can show it, or names the colours when \
      standard output is not a terminal; what it could not understand of the file goes \
      to standard error. A theme is a file of btop's format whose name ends in .theme; \
      it is looked for in --themes-dir, perftop/themes and btop/themes below \
      $XDG_CONFIG_HOME or ~/.config, then below the share directory of this installation, \
      /usr/local/share and /usr/share. NAME may be a name, a file's name or a path; TTY \
      is made of the terminal's own colours. On the screen, c steps through all of them.
      """
    case .alerts:
      """
      All screens of a machine share one list of alerts: what one operator accepts, puts \
      aside or notes is seen by the others within a second, with the name and where it \
      came from. An empty TEXT takes a note away. An acceptance holds for half an hour, a shelf for 8 h at most; the time \
      of --for is written 90s, 30m or 2h. undo takes the shelf back, else the acceptance. \
      The list lies in /var/lib/perftop where that directory is set up and you may write \
      to it, else in perftop below $XDG_STATE_HOME or ~/.local/state, for you alone; the \
      last line says which. --search finds entries that have all of its words, --limit \
      says how many are wanted. --stats counts the last 24 h: alerts an hour, how long \
      nobody has accepted what fires, the rules that speak most, each limit of ISA-18.2 \
      with kept or exceeded, and how each channel does. test sends a message now, by the \
      channels under alerts.channels in the settings, and says what came back. It ends \
      with 1 where there is no such alert, nothing could be done or a message was not \
      sent, with 4 where the list can only be read. Something fires only while a screen \
      watches; check keeps what it finds to itself.
      """
    default: ""
    }
  }
}
