namespace Mirror.Engine.Settings.Texts;

/// <summary>How the text of a setting is read, and what a front end does with it first.</summary>
internal enum SettingKind
{
    Text,

    Boolean,

    /// <summary><c>true</c> takes a component out of the pull.</summary>
    Removal,

    Number,

    /// <summary>Decimal gigabytes, or a number with a unit.</summary>
    Size,

    /// <summary>Bytes per second, or a number with a unit.</summary>
    Rate,

    /// <summary>A Go duration.</summary>
    Duration,

    /// <summary>A file or folder: front ends make it a full path before they hand it over.</summary>
    Path,

    /// <summary>Items, each a file; front ends make them full paths.</summary>
    Paths,

    /// <summary>One of a few names.</summary>
    Choice,

    Constraint,

    /// <summary>The name of an environment variable that holds a secret.</summary>
    VariableName,

    /// <summary>A list in one text, separated by semicolons.</summary>
    Texts,

    /// <summary>Items, each <c>name</c> or <c>name@constraint</c>.</summary>
    Rules,

    /// <summary>Items, each a name.</summary>
    Names,
}
