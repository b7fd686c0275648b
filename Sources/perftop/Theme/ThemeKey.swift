/// The 48 names that btop's theme files know.
enum ThemeKey: String, CaseIterable, Sendable {
  case mainBackground = "main_bg"
  case mainForeground = "main_fg"
  case title
  case highlight = "hi_fg"
  case selectedBackground = "selected_bg"
  case selectedForeground = "selected_fg"
  case inactive = "inactive_fg"
  case graphText = "graph_text"
  case meterBackground = "meter_bg"
  case processMisc = "proc_misc"
  case cpuBox = "cpu_box"
  case memoryBox = "mem_box"
  case networkBox = "net_box"
  case processBox = "proc_box"
  case dividerLine = "div_line"
  case temperatureStart = "temp_start"
  case temperatureMid = "temp_mid"
  case temperatureEnd = "temp_end"
  case cpuStart = "cpu_start"
  case cpuMid = "cpu_mid"
  case cpuEnd = "cpu_end"
  case freeStart = "free_start"
  case freeMid = "free_mid"
  case freeEnd = "free_end"
  case cachedStart = "cached_start"
  case cachedMid = "cached_mid"
  case cachedEnd = "cached_end"
  case availableStart = "available_start"
  case availableMid = "available_mid"
  case availableEnd = "available_end"
  case usedStart = "used_start"
  case usedMid = "used_mid"
  case usedEnd = "used_end"
  case downloadStart = "download_start"
  case downloadMid = "download_mid"
  case downloadEnd = "download_end"
  case uploadStart = "upload_start"
  case uploadMid = "upload_mid"
  case uploadEnd = "upload_end"
  case processStart = "process_start"
  case processMid = "process_mid"
  case processEnd = "process_end"
  case pauseBackground = "proc_pause_bg"
  case followBackground = "proc_follow_bg"
  case bannerBackground = "proc_banner_bg"
  case bannerForeground = "proc_banner_fg"
  case followedBackground = "followed_bg"
  case followedForeground = "followed_fg"

  /// Whether the key is a point of a gradient that may be left out.
  var isOptionalPoint: Bool { rawValue.hasSuffix("_mid") || rawValue.hasSuffix("_end") }

  /// The key's value where a theme does not give one; written as in a theme file.
  var fallback: String { ThemeKey.fallbacks[self] ?? "" }

  /// The key's colour of the terminal's own sixteen; `nil` where a gradient has no such point.
  var sixteen: UInt8? { ThemeKey.sixteens[self] }

  private static let fallbacks: [ThemeKey: String] = [
    .mainBackground: "#00", .mainForeground: "#cc", .title: "#ee", .highlight: "#b54040",
    .selectedBackground: "#6a2f2f", .selectedForeground: "#ee", .inactive: "#40",
    .graphText: "#60", .meterBackground: "#40", .processMisc: "#0de756", .cpuBox: "#556d59",
    .memoryBox: "#6c6c4b", .networkBox: "#5c588d", .processBox: "#805252", .dividerLine: "#30",
    .temperatureStart: "#4897d4", .temperatureMid: "#5474e8", .temperatureEnd: "#ff40b6",
    .cpuStart: "#77ca9b", .cpuMid: "#cbc06c", .cpuEnd: "#dc4c4c", .freeStart: "#384f21",
    .freeMid: "#b5e685", .freeEnd: "#dcff85", .cachedStart: "#163350", .cachedMid: "#74e6fc",
    .cachedEnd: "#26c5ff", .availableStart: "#4e3f0e", .availableMid: "#ffd77a",
    .availableEnd: "#ffb814", .usedStart: "#592b26", .usedMid: "#d9626d", .usedEnd: "#ff4769",
    .downloadStart: "#291f75", .downloadMid: "#4f43a3", .downloadEnd: "#b0a9de",
    .uploadStart: "#620665", .uploadMid: "#7d4180", .uploadEnd: "#dcafde",
    .processStart: "#80d0a3", .processMid: "#dcd179", .processEnd: "#d45454",
    .pauseBackground: "#b54040", .followBackground: "#4040b5", .bannerBackground: "#7b407b",
    .bannerForeground: "#ee", .followedBackground: "#4040b5", .followedForeground: "#ee",
  ]

  private static let sixteens: [ThemeKey: UInt8] = [
    .mainBackground: 0, .mainForeground: 7, .title: 15, .highlight: 9, .selectedBackground: 1,
    .selectedForeground: 15, .inactive: 8, .graphText: 8, .meterBackground: 8, .processMisc: 10,
    .cpuBox: 2, .memoryBox: 3, .networkBox: 5, .processBox: 1, .dividerLine: 8,
    .temperatureStart: 12, .temperatureMid: 14, .temperatureEnd: 13, .cpuStart: 10, .cpuMid: 11,
    .cpuEnd: 9, .freeStart: 2, .freeEnd: 10, .cachedStart: 6, .cachedEnd: 14,
    .availableStart: 3, .availableEnd: 11, .usedStart: 1, .usedEnd: 9, .downloadStart: 4,
    .downloadEnd: 12, .uploadStart: 5, .uploadEnd: 13, .processStart: 2, .processMid: 3,
    .processEnd: 1, .pauseBackground: 1, .followBackground: 4, .bannerBackground: 5,
    .bannerForeground: 15, .followedBackground: 4, .followedForeground: 15,
  ]
}
