internal import CSystem
import Glibc

/// What kind of filesystem a path lies on, for who needs memory that is shared through a file.
enum FilesystemKind: Sendable, Equatable {
  case local, network

  /// Filesystems of other machines, and those of which nobody knows whose they are: NFS, SMB, CIFS, AFS, Coda, NCP, Ceph, 9P, FUSE, Lustre, GFS2, OCFS2, GPFS, Plan 9's and VirtualBox's.
  private static let foreign: Set<UInt64> = [
    0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x5346_414F, 0x6B41_4653, 0x7375_7245, 0x564C,
    0x00C3_6400, 0x0102_1997, 0x6573_5546, 0x0BD0_0BD0, 0x0116_1970, 0x7461_636F, 0x4750_4653,
    0x786F_4256,
  ]

  /// By the kernel's number for it.
  init(magic: UInt64) { self = FilesystemKind.foreign.contains(magic) ? .network : .local }

  /// Asks the kernel; one that does not answer is taken for somebody else's.
  init(of path: String) {
    let magic = cs_filesystem_kind(path)
    if magic < 0 { self = .network } else { self.init(magic: UInt64(magic)) }
  }

  /// The same of as much of a path as is there.
  init(ofWhatIsThere path: String) {
    var path = path
    while cs_filesystem_kind(path) < 0, errno == ENOENT, let end = path.lastIndex(of: "/") {
      path = end == path.startIndex ? "/" : String(path[..<end])
    }
    self.init(of: path)
  }
}
