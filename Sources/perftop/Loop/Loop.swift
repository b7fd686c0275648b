import Glibc
import Monitors

/// How a scene becomes visible, and what is where on it.
struct Stage {
  /// Draws the scene.
  var draw: (Scene, Size) -> Canvas
  /// The lines of what scrolls: of the zoomed pane, or of help; empty where that is not known.
  var lines: (Scene, Size) -> [String] = { _, _ in [] }
  /// The last of these that can stand at the top; `nil` where that is not known.
  var limit: (Scene, Size) -> Int? = { _, _ in nil }
  /// What lies at a place.
  var spot: (Scene, Size, Int, Int) -> Page.Spot? = { _, _, _, _ in nil }
  /// The key that stands in the footer at a place.
  var key: (Scene, Size, Int, Int) -> Key? = { _, _, _, _ in nil }
  /// Which of the palette's rows stands at a place.
  var row: (Scene, Size, Int, Int) -> Int? = { _, _, _, _ in nil }
  /// What lies at a place in the list of processes, and how many lines of it there is room for.
  var picked: (Scene, Size, Int, Int) -> Page.Picked? = { _, _, _, _ in nil }
  var pickerRoom: (Scene, Size) -> Int = { _, size in size.height }
  /// The theme after one, and which of how many it is.
  var nextTheme: (Theme) -> ThemeCatalogue.Choice = {
    ThemeCatalogue.Choice(theme: $0, place: nil, count: 1)
  }
  /// The theme for a terminal that paints on this ground, where nobody asked for another one.
  var usualTheme: (RGB) -> Theme? = { _ in nil }
  /// Names of the themes there are.
  var themes: () -> [String] = { [] }
  /// The theme of a name; `nil` where there is none.
  var theme: (String) -> Theme? = { _ in nil }
  /// Called once, when all that happens at the start has happened.
  var settle: () -> Void = {}
  /// Called after that, when all is done until the next reading.
  var rest: () -> Void = {}
  /// Takes a command on its way.
  var send: (Command) -> Void = { _ in }
  /// Reads the settings again; `nil` where there are none to read.
  var reload: (() -> Reloaded)?
  /// When and how a person is called.
  var attention: () -> DeliverySettings = { DeliverySettings() }
  /// What was launched to be watched.
  var program: WatchedProgram?
}

/// The whole user interface thread: waits, reacts, draws.
@MainActor
struct Loop {
  private var backend: any CanvasBackend
  private let stage: Stage
  private let time: any TimeSource
  private let stop: () -> Void
  private var controller: ViewController
  private var theme: Theme
  /// Whether what the terminal says of its ground changes nothing any more.
  private var isThemeSettled = false
  private var snapshots: [Snapshot] = []
  private static let unsteadyReadings = 3
  private var arrivals = 0
  private var rested = 0
  private var lastArrival: Moment
  private var lastResize: Moment?
  private var isResizePending = false
  private var isDirty = true
  private var messageEnd: Moment?
  private var lastReceipt: Receipt?
  private var lastAutomatic: Moment?
  private let begin: Moment
  private var isProgramOver = false
  private var attention: AttentionWatch
  private(set) var shutdown = Shutdown.running

  /// `stop` stops the process and returns when it goes on.
  init(
    backend: any CanvasBackend, stage: Stage, view: ViewState = ViewState(),
    keymap: Keymap = .standard, theme: Theme = .builtIn, time: any TimeSource,
    stop: @escaping () -> Void = { Signals.stop(by: SIGTSTP) }
  ) {
    self.backend = backend
    self.stage = stage
    self.time = time
    self.stop = stop
    self.theme = theme
    controller = ViewController(view: view, keymap: keymap)
    lastArrival = time.now()
    begin = lastArrival
    attention = AttentionWatch(begin: begin)
  }

  var view: ViewState { controller.view }

  /// Runs until something ends it, and gives the terminal back.
  mutating func run(on source: some EventSource) -> Ending {
    var source = source
    draw()
    while case .running = shutdown {
      step(source.next(for: backend, until: deadline))
    }
    backend.leave()
    guard case .leaving(let ending) = shutdown else { return .quit }
    shutdown = .left(ending)
    return ending
  }

  /// Takes everything that happened at once, and then draws once.
  mutating func step(_ events: [LoopEvent]) {
    // Keys that came with a reading were pressed on the screen before it, and mean what was there.
    for event in events.filter(\.isInput) + events.filter({ !$0.isInput }) {
      guard case .running = shutdown else { return }
      take(event)
    }
    if backend.hasEnded { shutdown.begin(.terminalGone) }
    if isProgramOver, !isElsewhere { shutdown.begin(.programEnded) }
    if case .running = shutdown, isDirty { draw() }
    settle()
  }

  /// Slow sources answer within the first readings; from then on each is like the one before.
  private mutating func settle() {
    guard arrivals >= Loop.unsteadyReadings, arrivals != rested else { return }
    if rested == 0 { stage.settle() } else { stage.rest() }
    rested = arrivals
  }

  private mutating func draw() {
    isDirty = false
    backend.present(stage.draw(scene, backend.size), theme: theme)
  }

  private var scene: Scene {
    Scene(
      snapshots: snapshots, view: controller.view, keymap: controller.keymap, size: backend.size)
  }

  private mutating func take(_ event: LoopEvent) {
    switch event {
    case .input:
      press(backend.keys())
      suitGround()
    case .drained: backend.drain()
    case .snapshots(let snapshots): receive(snapshots)
    case .resized: resize()
    case .continued: resume()
    case .stopAsked: suspend()
    case .reload: reload()
    case .deadline: expire()
    case .signal(let number): shutdown.begin(.signal(number))
    case .terminalGone: shutdown.begin(.terminalGone)
    case .programEnded: endProgram()
    }
  }

  private mutating func receive(_ new: [Snapshot]) {
    let (wasStalled, message) = (view.stalledSince != nil, view.message)
    snapshots = new
    arrivals += 1
    lastArrival = time.now()
    for effect in controller.receive(new) { perform(effect) }
    if view.message != message { keepMessage(from: lastArrival) }
    expireMessage()
    announce(new)
    if let call = attention.call(for: new, stage.attention()) { backend.attend(call) }
    if view.frozen == nil || wasStalled { isDirty = true }
  }

  private mutating func press(_ keys: [Key]) {
    for key in keys {
      guard case .running = shutdown else { return }
      let (before, size, stage, scene) = (view, backend.size, stage, scene)
      let page = Page(
        size: size, lines: { stage.lines(scene, size) }, limit: { stage.limit(scene, size) },
        spot: { stage.spot(scene, size, $0, $1) }, key: { stage.key(scene, size, $0, $1) },
        row: { stage.row(scene, size, $0, $1) }, themes: stage.themes,
        picked: { stage.picked(scene, size, $0, $1) },
        pickerRoom: { stage.pickerRoom(scene, size) })
      let effects = controller.press(key, seeing: snapshots, on: page)
      if view != before { isDirty = true }
      for effect in effects { perform(effect) }
      keepMessage(from: time.now())
    }
  }

  /// A terminal may say late that it is light; once a theme was chosen by hand that changes nothing.
  private mutating func suitGround() {
    guard !isThemeSettled, let found = backend.ground else { return }
    isThemeSettled = true
    guard let usual = stage.usualTheme(found), usual != theme else { return }
    theme = usual
    isDirty = true
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .command(let command): stage.send(command)
    case .quit: shutdown.begin(.quit)
    case .suspend: suspend()
    case .repaint: repaint()
    case .nextTheme:
      let choice = stage.nextTheme(theme)
      use(choice.theme, choice.words)
    case .theme(let name):
      if let found = stage.theme(name) { return use(found, "theme \(Printable(found.name))") }
      controller.view.message = "theme: there is none called \(Printable(name))"
      isDirty = true
    }
  }

  private mutating func use(_ new: Theme, _ words: Printable) {
    isThemeSettled = true
    theme = new
    controller.view.message = words
    isDirty = true
  }

  private mutating func repaint() {
    _ = backend.resize()
    backend.repaint()
    isDirty = true
  }

  /// What is wrong with the settings stays on the screen until a key is pressed.
  private mutating func reload() {
    repaint()
    guard let outcome = stage.reload?() else { return }
    switch outcome {
    case .kept(let reason):
      controller.view.message = reason
      messageEnd = nil
    case .changed(let change):
      controller = ViewController(view: controller.view, keymap: change.keymap)
      if let theme = change.theme {
        self.theme = theme
        isThemeSettled = false
        suitGround()
      }
      controller.view.message = change.message
      if let interval = change.interval { follow(interval) }
      keepMessage(from: time.now())
    }
  }

  /// Goes by the interval of the settings, unless a person has said otherwise.
  private mutating func follow(_ interval: Double) {
    guard view.hasSetInterval else { return stage.send(.interval(interval)) }
    let current = Interval.text(Interval.current(scene))
    let stays: Printable = "the interval stays at \(current) s, as set by hand"
    controller.view.message = view.message.map { "\($0); \(stays)" } ?? stays
  }

  private mutating func suspend() {
    backend.suspend()
    stop()
    resume()
  }

  private mutating func resume() {
    backend.resume()
    lastArrival = time.now()
    isDirty = true
  }
}

/// The end of what was launched to be watched.
extension Loop {
  /// Whether the person watches something else, or is about to choose it.
  private var isElsewhere: Bool {
    guard let program = stage.program else { return false }
    return view.isPicking || view.chosen.map { $0.contains { $0 != program.key } } ?? false
  }

  /// It is told until a key is pressed where that is not the end of all.
  private mutating func endProgram() {
    isProgramOver = true
    guard isElsewhere, let program = stage.program else { return }
    controller.view.message = program.end()
    messageEnd = nil
    isDirty = true
  }
}

/// What happens when nothing happens.
extension Loop {
  /// An escape alone is told from the beginning of a sequence by the silence after it.
  private static let escapeDelay = 0.05
  /// A window being dragged sends a storm; drawing each step of it would only fall behind.
  private static let resizeDelay = 0.04
  private static let missedReadings = 3.0
  private static let grace = 1.0
  private static let messageLasts = 10.0

  /// When to stop waiting; `nil` is never.
  var deadline: Moment? {
    var due: [Moment] = []
    if backend.isKeyUnfinished { due.append(time.now().later(by: Loop.escapeDelay)) }
    if isResizePending { due.append((lastResize ?? time.now()).later(by: Loop.resizeDelay)) }
    if view.stalledSince == nil, view.frozen == nil { due.append(staleAt) }
    if let messageEnd { due.append(messageEnd) }
    return due.min()
  }

  private var staleAt: Moment {
    let interval = snapshots.map(\.health.interval).max() ?? 1
    return lastArrival.later(by: Loop.missedReadings * interval + Loop.grace)
  }

  private mutating func expire() {
    if backend.isKeyUnfinished { press(backend.keysAfterSilence()) }
    if isResizePending { resize() }
    expireMessage()
    if view.stalledSince == nil, view.frozen == nil, time.now() >= staleAt {
      controller.view.stalledSince = lastArrival
      isDirty = true
    }
  }

  /// An outcome is news when it comes, whichever key was pressed since, and once more when a later figure takes its place; a
  /// question is not replaced.
  private mutating func announce(_ snapshots: [Snapshot]) {
    let newest = snapshots.compactMap { $0.receipts.last { $0.isOwn } }.max { $0.at < $1.at }
    announceAutomatic(snapshots)
    guard let newest, newest != lastReceipt, newest.at > begin else { return }
    if let before = lastReceipt, newest.at < before.at { return }
    let isRenewed = newest.order != 0 && newest.order == lastReceipt?.order
    lastReceipt = newest
    let from = isRenewed ? time.now() : newest.at
    let isCovered = view.overlay != .none && !view.overlay.isText
    guard !isCovered, time.now() < from.later(by: Loop.messageLasts) else { return }
    controller.view.message = newest.brief ?? newest.outcome
    keepMessage(from: from)
    isDirty = true
  }

  /// What pressure changed is told too, but never in the place of what a person did.
  private mutating func announceAutomatic(_ snapshots: [Snapshot]) {
    let newest = snapshots.compactMap { snapshot in
      snapshot.receipts.last { $0.order >= Order.firstAutomatic }
    }.max { $0.at < $1.at }
    guard let newest, newest.at > lastAutomatic ?? begin else { return }
    lastAutomatic = newest.at
    let isCovered = view.overlay != .none && !view.overlay.isText
    guard view.message == nil, !isCovered, time.now() < newest.at.later(by: Loop.messageLasts)
    else { return }
    controller.view.message = newest.outcome
    keepMessage(from: newest.at)
    isDirty = true
  }

  private mutating func keepMessage(from moment: Moment) {
    messageEnd = view.message.map { _ in moment.later(by: Loop.messageLasts) }
  }

  /// What is said of a moment is not said of all that follow.
  private mutating func expireMessage() {
    guard let end = messageEnd, time.now() >= end else { return }
    messageEnd = nil
    controller.view.message = nil
    isDirty = true
  }

  private mutating func resize() {
    let now = time.now()
    isResizePending = lastResize.map { now < $0.later(by: Loop.resizeDelay) } ?? false
    guard !isResizePending else { return }
    lastResize = now
    if backend.resize() { isDirty = true }
  }
}
