using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>A file found in an archive: a blob, or one of the two files of a layout.</summary>
internal readonly record struct ScannedEntry
{
    /// <summary>The layout's path; empty for the root layout.</summary>
    public required string LayoutPath { get; init; }

    /// <summary><c>oci-layout</c> or <c>index.json</c>; <see langword="null"/> for a blob.</summary>
    public string? FileName { get; init; }

    /// <summary>The digest that a blob's name claims; nothing has been hashed yet.</summary>
    public Digest Digest { get; init; }

    public long DataOffset { get; init; }

    public long Size { get; init; }

    public string Path
    {
        get
        {
            string prefix = LayoutPath.Length == 0 ? "" : LayoutPath + "/";
            return FileName is null ? ArchiveEntry.BlobPath(prefix, Digest) : prefix + FileName;
        }
    }

    /// <summary>Understands an entry's name if it is one a layout may have; anything else is refused.</summary>
    public static bool TryParse(string name, out ScannedEntry entry)
    {
        entry = default;
        int slash = name.LastIndexOf('/');
        string file = name[(slash + 1)..];
        string folder = slash < 0 ? "" : name[..slash];
        if (file is LayoutFiles.LayoutName or LayoutFiles.IndexName)
        {
            entry = new ScannedEntry { LayoutPath = folder, FileName = file };
        }
        else
        {
            int algorithm = folder.LastIndexOf('/');
            string blobs = algorithm < 0 ? "" : folder[..algorithm];
            if ((blobs != "blobs" && !blobs.EndsWith("/blobs", StringComparison.Ordinal))
                || !Digest.TryParse($"{folder[(algorithm + 1)..]}:{file}", out Digest digest))
            {
                return false;
            }

            entry = new ScannedEntry { LayoutPath = blobs == "blobs" ? "" : blobs[..^6], Digest = digest };
        }

        // An empty path before a slash would be an absolute name.
        return entry.LayoutPath.Length > 0
            ? IsLayoutPath(entry.LayoutPath)
            : name.Length > 0 && name[0] != '/';
    }

    /// <summary>
    /// A repository path that no other entry's file stands in the way of, and that no system takes for a device: we
    /// unpack nothing, but others do.
    /// </summary>
    private static bool IsLayoutPath(string path)
    {
        string[] parts = path.Split('/');
        return RepositoryName.IsValid(path)
            && !parts.Any(part => part is LayoutFiles.LayoutName or LayoutFiles.IndexName || IsDevice(part))
            && !parts.Zip(parts.Skip(1)).Any(pair => pair is ("blobs", "sha256" or "sha512"));
    }

    private static bool IsDevice(string part) => part.Split('.')[0] switch
    {
        "con" or "prn" or "aux" or "nul" => true,
        ['c', 'o', 'm', >= '0' and <= '9'] or ['l', 'p', 't', >= '0' and <= '9'] => true,
        _ => false,
    };
}
