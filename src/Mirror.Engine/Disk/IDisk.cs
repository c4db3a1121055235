namespace Mirror.Engine.Disk;

/// <summary>
/// Everything the engine does to a file system. Real in a run; simulated in tests, where a crash that drops unflushed
/// writes is the only proof of "flush before record". Every failure is an <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>; of the real disk it is a <see cref="DiskException"/>.
/// </summary>
internal interface IDisk
{
    /// <summary>
    /// Has another value after each start of any machine; empty when that cannot be known. What an earlier process
    /// wrote is never believed unread: this only tells damage from writes that were lost.
    /// </summary>
    string BootId { get; }

    /// <summary>Creates a file that must not exist, of a length that is reserved for real; reads as zeros.</summary>
    IDiskFile Create(string path, long length);

    /// <summary>
    /// Opens an existing file for reading, and only a file: a pipe, device, socket or folder fails with
    /// <see cref="DiskError.NotRegular"/>, and nothing is ever waited for.
    /// </summary>
    IDiskFile OpenRead(string path);

    /// <summary>Opens an existing file for reading and writing; as <see cref="OpenRead"/>, only a file.</summary>
    IDiskFile OpenWrite(string path);

    /// <summary>
    /// Opens or creates a file that no other process can open so; throws when another holds it
    /// (<see cref="DiskFaults.IsHeldElsewhere"/>), when the file system has no locks (<see cref="DiskError.NoLocks"/>),
    /// and for a link, which might lead anywhere.
    /// </summary>
    IDiskFile OpenExclusive(string path);

    /// <summary>Whether anything but a folder is there. That it cannot be told is a failure, not an absence.</summary>
    bool FileExists(string path);

    bool DirectoryExists(string path);

    /// <summary>Whether a path is itself a link, wherever that leads.</summary>
    bool IsLink(string path);

    /// <summary>When the content of a file was last changed, as the file system says.</summary>
    DateTime WrittenAt(string path);

    /// <summary>One path for all spellings of a folder: without links, <c>.</c> and <c>..</c>.</summary>
    string RealFolder(string directory);

    /// <summary>The names (not paths) of the files and folders in a folder, in ordinal order.</summary>
    IReadOnlyList<string> List(string directory);

    void CreateDirectory(string path);

    /// <summary>Creates a folder that no other user may enter, where the system has such a thing.</summary>
    void CreatePrivateDirectory(string path);

    /// <summary>
    /// Why a folder is not this user's own, as in "the folder <c>is a link</c>"; <see langword="null"/> when it is,
    /// when it is not there, or when the system does not tell.
    /// </summary>
    string? ForeignFolder(string path);

    /// <summary>Renames a file; an existing one of the new name is replaced.</summary>
    void Rename(string path, string newPath);

    /// <summary>Deletes a file; no file is no error.</summary>
    void Delete(string path);

    void DeleteEmptyDirectory(string path);

    /// <summary>Makes renames and deletions in a folder durable.</summary>
    void FlushDirectory(string path);

    /// <summary>The volume that holds a folder, and the bytes free on it for this user.</summary>
    DiskSpace SpaceAt(string directory);
}

/// <summary>A volume (its mount point or drive) and the bytes that this user may still write.</summary>
internal readonly record struct DiskSpace(string Volume, long FreeBytes);
