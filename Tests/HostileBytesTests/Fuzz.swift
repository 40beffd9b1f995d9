/// libFuzzer's way in; built by `make fuzz` only. The first byte chooses the place, the others go there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let places = HostileBytes.allCases
    places[Int(bytes[0]) % places.count].take(Array(bytes.dropFirst()))
    return 0
}
