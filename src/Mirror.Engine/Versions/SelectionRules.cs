namespace Mirror.Engine;

/// <summary>
/// Which d8 release's reading of version constraints holds for modules, packages and the included platform range
/// (docs/behaviour/README.md#two-versions-of-d8). The versions of the default platform window are the same under both;
/// a channel below it, as an older <c>lts</c> is, is kept by the first and dropped by the second.
/// </summary>
public enum SelectionRules
{
    /// <summary>
    /// As the document of d8 0.25.2 says; the default. A bare version is a caret (<c>0.4.0</c> is 0.4.x) and a range
    /// keeps every version that matches it.
    /// </summary>
    V025,

    /// <summary>
    /// As d8 0.33 does. A bare version is the rest of its major line (<c>0.4.0</c> is 0.x from 0.4.0), and a range
    /// keeps the latest patch of each minor line plus the versions named by <c>&gt;=</c> and <c>&lt;=</c>.
    /// </summary>
    V033,
}
