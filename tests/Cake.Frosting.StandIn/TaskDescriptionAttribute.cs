namespace Cake.Frosting;

/// <summary>What a task does.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>The text.</summary>
    public string Description => description;
}
