namespace Mirror.Engine.Versions;

/// <summary>The three forms a constraint can have (docs/behaviour/pull.md#rules-and-constraints).</summary>
internal enum ConstraintForm
{
    /// <summary><c>=tag</c> or <c>=tag+channel</c>.</summary>
    Exact,

    /// <summary>Text that starts with <c>&gt;</c>, <c>&lt;</c>, <c>~</c> or <c>^</c>, or a wildcard.</summary>
    Range,

    /// <summary>One version, whose meaning depends on <see cref="SelectionRules"/>.</summary>
    Bare,
}
