/// Decides which of the bytes that files suggest are the target's.
///
/// Files are read a moment after the counters that have to cover them, so that a claim may wait for two ticks.
struct ClaimDesk: Sendable {
  private var own: [FileSet.Claim] = []
  private var foreign: [FileSet.Claim] = []
  private var ownRefused: Moment?
  private var foreignRefused: Moment?
  private var foreignGranted: Moment?

  private static let patience = 2
  private static let isNews = 60.0
  private static let worthSaying: Int64 = 16384
  private static let worthSayingAtOnce: Int64 = 65536
  private static let muchMore: Int64 = 4
  /// A tenth of what is being granted may be a matter of when counters and files were read.
  private static let little: Int64 = 10

  /// Takes this tick's claims and gives those that are covered, each with the bytes that are.
  mutating func settle(
    own newOwn: [FileSet.Claim], foreign newForeign: [FileSet.Claim],
    from allowance: inout WriteAllowance, at moment: Moment
  ) -> [FileSet.Claim] {
    own += newOwn
    foreign += newForeign
    guard !own.isEmpty || !foreign.isEmpty else { return [] }
    var granted: [FileSet.Claim] = []
    for ground in FileSet.Claim.Ground.allCases {
      settleOwn(ground, &allowance, &granted)
    }
    settleForeign(&allowance, &granted, at: moment)
    drop(beside: ClaimDesk.sum(granted), at: moment)
    return granted
  }

  /// Where the claims of one kind are more than what is covered, all get the same share.
  private mutating func settleOwn(
    _ ground: FileSet.Claim.Ground, _ allowance: inout WriteAllowance,
    _ granted: inout [FileSet.Claim]
  ) {
    let places = own.indices.filter { own[$0].ground == ground }
    let wanted = ClaimDesk.sum(places.map { own[$0] })
    var covered = allowance.grantOwn(wanted)
    guard covered > 0 else { return }
    let share = Double(covered) / Double(wanted)
    for place in places {
      let wanted = own[place].bytes
      // Rounded up, or what is left: nothing that is covered gets lost.
      let part = (Double(wanted) * share).rounded(.up)
      let bytes = min(covered, part < Double(wanted) ? Int64(part) : wanted)
      covered -= bytes
      granted.append(own[place].of(bytes))
      own[place].bytes = wanted - bytes
    }
    own.removeAll { $0.bytes <= 0 }
  }

  /// The largest come first: the fewest files that explain what was written.
  private mutating func settleForeign(
    _ allowance: inout WriteAllowance, _ granted: inout [FileSet.Claim], at moment: Moment
  ) {
    foreign.sort { $0.bytes > $1.bytes }
    for index in foreign.indices {
      let bytes = allowance.grantForeign(foreign[index].bytes)
      guard bytes > 0 else { continue }
      granted.append(foreign[index].of(bytes))
      foreign[index].bytes = 0
      foreignGranted = moment
    }
    foreign.removeAll { $0.bytes <= 0 }
  }

  private mutating func drop(beside granted: Int64, at moment: Moment) {
    let growth = { (claims: [FileSet.Claim]) in
      ClaimDesk.sum(claims.lazy.filter { $0.ground != .position })
    }
    let isLate = { (claim: FileSet.Claim) in claim.ticks >= ClaimDesk.patience }
    let isRefused = { (claims: [FileSet.Claim]) in
      let open = growth(claims)
      return open > ClaimDesk.worthSayingAtOnce && open / ClaimDesk.muchMore > granted
        || growth(claims.filter(isLate)) > max(ClaimDesk.worthSaying, granted / ClaimDesk.little)
    }
    if isRefused(own) { ownRefused = moment }
    if isRefused(foreign) { foreignRefused = moment }
    own.removeAll(where: isLate)
    foreign.removeAll(where: isLate)
    for index in own.indices { own[index].ticks += 1 }
    for index in foreign.indices { foreign[index].ticks += 1 }
  }

  private static func sum(_ claims: some Sequence<FileSet.Claim>) -> Int64 {
    claims.reduce(Int64(0)) { $0.capped(adding: $1.bytes) }
  }

  /// What a person should know of the claims that were refused.
  func caveats(at moment: Moment) -> [Printable] {
    let isNews = { (since: Moment?) in
      since.map { moment.seconds(since: $0) < ClaimDesk.isNews } ?? false
    }
    var caveats: [Printable] = []
    if isNews(ownRefused) {
      caveats.append("its files grew more than it wrote; only what it wrote is counted")
    }
    if isNews(foreignRefused) {
      caveats.append(
        isNews(foreignGranted)
          ? "others write in its directories: which files are its own is a guess"
          : "others write in its directories; their files are not counted")
    }
    return caveats
  }
}
