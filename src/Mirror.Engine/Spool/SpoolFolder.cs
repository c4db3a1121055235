using System.Buffers;
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
    private const int BufferLength = 128 * 1024;
    private const string Unfinished = ".part";

    private readonly Lazy<bool> _isNew = new(() => !disk.DirectoryExists(directory));

    /// <summary>Whether no earlier process left the folder.</summary>
    public bool IsNew => _isNew.Value;

    public string PathOf(Digest digest) => Path.Combine(directory, $"{digest.Algorithm}-{digest.Hex}");

    /// <summary>That a file is not what it was when it was verified.</summary>
    public Fault Changed(Digest digest, Digest actual) => new(
        FaultCode.ContentChanged,
        $"'{PathOf(digest)}', or the archive that has its content, was verified and then changed on disk: when it was "
            + $"read it was {actual}.",
        $"Make sure that no other program or user writes to the bundle folder or to {SettingName.TmpDirectory}, then "
            + "run again.");

    public bool Has(Digest digest) => Guard(() => disk.FileExists(PathOf(digest)), PathOf(digest), "looked for");

    public Stream Open(Digest digest, long offset) => Guard(
        () => new DiskFileStream(disk.OpenRead(PathOf(digest)), PathOf(digest), offset), PathOf(digest), "read");

    /// <summary>
    /// Opens the file to write to; one that a stopped process left is dropped. Nothing is reserved: a size is only what
    /// a stranger says until the bytes come.
    /// </summary>
    public IDiskFile OpenPart(Digest digest) => Guard(
        () =>
        {
            Make();
            disk.Delete(PartOf(digest));
            return disk.Create(PartOf(digest), 0);
        },
        PartOf(digest),
        "created");

    public void Write(IDiskFile part, Digest digest, ReadOnlyMemory<byte> content, long offset) => Guard(
        () =>
        {
            part.Write(content.Span, offset);
            return true;
        },
        PartOf(digest),
        "written",
        content.Length);

    /// <summary>Closes a whole part, and hears whether the file system stored it.</summary>
    public void Close(IDiskFile part, Digest digest) => Guard(
        () =>
        {
            part.Close();
            return true;
        },
        PartOf(digest),
        "written");

    /// <summary>Gives a whole, verified part its name. Not flushed: after a crash the file is hashed again.</summary>
    public void Keep(Digest digest) => Guard(
        () =>
        {
            disk.Rename(PartOf(digest), PathOf(digest));
            return true;
        },
        PathOf(digest),
        "renamed");

    public void DropPart(Digest digest) => Drop(PartOf(digest));

    public void Drop(Digest digest) => Drop(PathOf(digest));

    /// <summary>Whether content is what its name says.</summary>
    public bool IsTrue(Digest digest, Stream content) => Guard(
        () =>
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(digest.HashName);
            byte[] buffer = ArrayPool<byte>.Shared.Rent((int)long.Clamp(content.Length, 1, BufferLength));
            try
            {
                for (int read; (read = content.Read(buffer, 0, buffer.Length)) > 0;)
                {
                    hash.AppendData(buffer, 0, read);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            return digest.SameAlgorithm(hash.GetHashAndReset()) == digest;
        },
        PathOf(digest),
        "read");

    /// <summary>Deletes the files that have a name of ours, and the folder if nothing else is in it.</summary>
    public void DeleteOwnFiles() => Guard(
        () =>
        {
            if (!disk.DirectoryExists(directory))
            {
                return false;
            }

            foreach (string name in disk.List(directory).Where(name => OwnName().IsMatch(name)))
            {
                disk.Delete(Path.Combine(directory, name));
            }

            disk.DeleteEmptyDirectory(directory);
            return true;
        },
        directory,
        "cleared");

    private void Make()
    {
        _ = IsNew;
        OwnFolder.Make(disk, directory);
    }

    private void Drop(string path) => Guard(
        () =>
        {
            disk.Delete(path);
            return true;
        },
        path,
        "deleted");

    private string PartOf(Digest digest) => PathOf(digest) + Unfinished;

    private T Guard<T>(Func<T> operation, string path, string action, long bytes = 0)
    {
        try
        {
            return operation();
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, action, disk, bytes, "TmpDirectory");
        }
    }

    /// <summary>Facts are files of earlier versions, which are not read any more.</summary>
    [GeneratedRegex(@"\A(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128}|facts-[0-9a-f]{64})(\.part)?\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex OwnName();
}
