/// Which roads lead to what, in the order in which they are tried.
struct RoadCatalogue: Sendable {
  let link: LinkExchange?

  func roads(for action: TargetAction) -> [any Road] {
    let linked = LinkRoad(exchange: link)
    switch action {
    case .collect:
      return [linked, JavaRoad(), PythonRoad(), NodeRoad(), HookRoad()]
    case .evict: return [EvictRoad(link: linked)]
    case .quality: return [linked, HookRoad()]
    case .batch: return [linked]
    case .signal, .nice, .affinity: return [SignalRoad()]
    }
  }
}
