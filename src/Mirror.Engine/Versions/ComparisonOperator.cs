namespace Mirror.Engine.Versions;

/// <summary>
/// The operators of the constraint dialect (docs/behaviour/pull.md#version-dialect), and one that has no spelling.
/// </summary>
internal enum ComparisonOperator
{
    /// <summary><c>=</c> or nothing.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c> or <c>=&gt;</c>.</summary>
    AtLeast,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c> or <c>=&lt;</c>.</summary>
    AtMost,

    /// <summary><c>~</c> or <c>~&gt;</c>.</summary>
    Tilde,

    /// <summary><c>^</c>.</summary>
    Caret,

    /// <summary>At least this, in the same major line: a bare version in <see cref="SelectionRules.V033"/>.</summary>
    RestOfMajor,
}
