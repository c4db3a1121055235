namespace Mirror.Engine.Bundles.Format;

/// <summary>What a file of a bundle folder can be, by its name.</summary>
internal enum FolderNameKind
{
    /// <summary>Nothing that has to do with archives.</summary>
    Other,

    /// <summary>An archive, or a chunk of one.</summary>
    Archive,

    /// <summary>An inventory, sum or signature: it speaks of another file and holds nothing of it.</summary>
    Companion,

    /// <summary>What macOS keeps beside a file on a volume of another system.</summary>
    AppleDouble,

    /// <summary>Could be an archive, or a part of one, that lost its name on the way.</summary>
    Suspect,

    /// <summary>Could hold anything, archives among it.</summary>
    Doubtful,
}
