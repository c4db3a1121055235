namespace Mirror.Engine;

/// <summary>How far an inventory or a check looks into a target.</summary>
public enum CheckDepth
{
    /// <summary>Which image each tag stands for: one question for each tag.</summary>
    Tags,

    /// <summary>
    /// As <see cref="Tags"/>, and whether all that the images consist of is there: manifests of indexes, configs,
    /// layers. Manifests are read and hashed; of other content only existence and size are asked.
    /// </summary>
    Manifests,

    /// <summary>As <see cref="Manifests"/>, and whether the content is true: everything is read and hashed.</summary>
    Blobs,
}
