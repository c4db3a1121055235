namespace Mirror.Engine;

/// <summary>What is wrong with a tag of a target.</summary>
public enum CheckFindingKind
{
    /// <summary>The tag is not there (D8M7101).</summary>
    Missing,

    /// <summary>The tag stands for another image (D8M7102).</summary>
    Different,

    /// <summary>The image is there, but not all of its content, or some of it is wrong (D8M7103).</summary>
    Damaged,
}
