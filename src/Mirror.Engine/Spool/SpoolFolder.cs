using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Spool;

/// <summary>
/// The files of a spool, in a folder that only its owner may enter: one for each digest, one with <c>.part</c> while it
/// is being written.
/// </summary>
internal sealed partial class SpoolFolder(IDisk disk, string directory)
{
    private const string Unfinished = ".part";

    /// <summary>Whether there is no folder: no earlier process left it, and this one has kept nothing yet.</summary>
    public bool IsNew => !disk.DirectoryExists(directory);

    public string PathOf(Digest digest) => Path.Combine(directory, $"{digest.Algorithm}-{digest.Hex}");

    public Fault Changed(Digest digest, Digest actual) => new(
        FaultCode.ContentChanged,
        $"'{PathOf(digest)}', or the archive that has its content, was verified and then changed on disk: when it was "
            + $"read it was {actual}.",
        $"Make sure that no other program or user writes to the bundle folder or to {SettingName.TmpDirectory}, then "
            + "run again.");

    public bool Has(Digest digest) => Guard(PathOf(digest), "looked for", () => disk.FileExists(PathOf(digest)));

    public Stream Open(Digest digest, long offset) => Guard(
        PathOf(digest), "read", () => new DiskFileStream(disk.OpenRead(PathOf(digest)), PathOf(digest), offset));

    /// <summary>
    /// Opens the file to write to; one that a stopped process left is dropped. Nothing is reserved: a size is only what
    /// a stranger says until the bytes come.
    /// </summary>
    public IDiskFile OpenPart(Digest digest) => Guard(PartOf(digest), "created", () =>
    {
        OwnFolder.Make(disk, directory);
        disk.Delete(PartOf(digest));
        return disk.Create(PartOf(digest), 0);
    });

    public void Write(IDiskFile part, Digest digest, ReadOnlyMemory<byte> content, long offset) =>
        Guard(PartOf(digest), "written", () => part.Write(content.Span, offset), content.Length);

    /// <summary>Closes a whole part, and hears whether the file system stored it.</summary>
    public void Close(IDiskFile part, Digest digest) => Guard(PartOf(digest), "written", part.Close);

    /// <summary>Gives a whole, verified part its name. Not flushed: after a crash the file is hashed again.</summary>
    public void Keep(Digest digest) =>
        Guard(PathOf(digest), "renamed", () => disk.Rename(PartOf(digest), PathOf(digest)));

    public void DropPart(Digest digest) => Drop(PartOf(digest));

    public void Drop(Digest digest) => Drop(PathOf(digest));

    public bool IsTrue(Digest digest, Stream content) => Guard(PathOf(digest), "read", () =>
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(digest.HashName);
        using HashedContent hashed = new(content, hash, digest);
        return hashed.Finish() == digest;
    });

    /// <summary>Deletes the files that have a name of ours, and the folder if nothing else is in it.</summary>
    public void DeleteOwnFiles() => Guard(directory, "cleared", () =>
    {
        if (disk.DirectoryExists(directory))
        {
            foreach (string name in disk.List(directory).Where(name => OwnName().IsMatch(name)))
            {
                disk.Delete(Path.Combine(directory, name));
            }

            disk.DeleteEmptyDirectory(directory);
        }
    });

    private void Drop(string path) => Guard(path, "deleted", () => disk.Delete(path));

    private string PartOf(Digest digest) => PathOf(digest) + Unfinished;

    private void Guard(string path, string action, Action work, long bytes = 0) =>
        DiskFaults.Guard(path, action, work, disk, bytes, "TmpDirectory");

    private T Guard<T>(string path, string action, Func<T> work) =>
        DiskFaults.Guard(path, action, work, disk, member: "TmpDirectory");

    /// <summary>Facts are files of earlier versions, which are not read any more.</summary>
    [GeneratedRegex(@"\A(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128}|facts-[0-9a-f]{64})(\.part)?\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex OwnName();
}
