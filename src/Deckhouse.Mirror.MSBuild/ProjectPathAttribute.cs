namespace Deckhouse.Mirror.MSBuild;

/// <summary>Marks a setting that is a path: one that is not full is meant from the project's folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProjectPathAttribute : Attribute;
