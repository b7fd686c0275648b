import Testing

@testable import Monitors

@Suite("What a JVM says")
struct JavaReplyTests {
  @Test("a request is version 1, jcmd, the command as one argument and two empty ones")
  func request() {
    #expect(JavaReply.request("GC.run") == Array("1\0jcmd\0GC.run\0\0\0".utf8))
  }

  @Test("a reply is a number, a line end and text")
  func reply() {
    #expect(JavaReply(Array("0\nCommand executed successfully\n".utf8)).code == 0)
    let refusal = JavaReply(Array("-1\nOperation badcmd not recognized!".utf8))
    #expect(refusal.code == -1)
    #expect(refusal.firstLine == "Operation badcmd not recognized!")
    #expect(JavaReply([]).code == nil)
    #expect(
      JavaReply([0xff, 0x0a, 0x1b, 0x5b]).firstLine.text.unicodeScalars.allSatisfy {
        $0.value >= 32
      })
  }

  @Test(
    "what is in use is found in the words of each collector",
    arguments: [
      (
        " garbage-first heap   total 28672K, used 2159K [0x00, 0x01)\n  region size 1024K, 1 young (1024K), 0 survivors (0K)\n Metaspace       used 134K, committed 320K, reserved 1114112K\n  class space    used 6K, committed 128K, reserved 1048576K\n",
        2159
      ),
      (
        " garbage-first heap   total reserved 3145728K, committed 14336K, used 2344K [0x00, 0x01)\n",
        2344
      ),
      (
        " def new generation   total 9792K, used 860K [0x00\n  eden space 8704K,   9% used [0x00\n  from space 1088K,   0% used [0x00\n  to   space 1088K,   0% used [0x00\n tenured generation   total 21888K, used 600K [0x00\n   the space 21888K,   2% used [0x00\n Metaspace used 1K\n",
        1460
      ),
      (
        " PSYoungGen      total 38400K, used 1331K [0x00\n  eden space 33280K, 4% used\n  object space 1K, 0% used\n ParOldGen       total 87552K, used 69K\n",
        1400
      ),
      (
        " ZHeap           used 2M, capacity 1146M, max capacity 3072M\n Metaspace       used 134K\n",
        2048
      ),
      (
        "Shenandoah Heap\n 3072M max, 3072M soft max, 7168K committed, 3431K used\n 1536 x 2048K regions\n",
        3431
      ),
    ])
  func heap(_ text: String, _ kilobytes: Int64) {
    #expect(HeapInformation.used(text) == Bytes(kilobytes * 1024))
  }

  @Test(
    "what makes no sense is no number",
    arguments: [
      "", "used", "heap used 99999999999999999999K", "heap used 9223372036854775807G",
    ])
  func nonsense(_ text: String) { #expect(HeapInformation.used(text) == nil) }
}
