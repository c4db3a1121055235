namespace Cake.Frosting;

/// <summary>A task that runs before this one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type task) : Attribute
{
    /// <summary>The task's type.</summary>
    public Type Task => task;
}
