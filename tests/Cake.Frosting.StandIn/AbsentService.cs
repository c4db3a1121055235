using System.Reflection;

namespace Cake.Frosting;

/// <summary>A service that this host does not have; a container with nothing in it.</summary>
public class AbsentService : DispatchProxy, IServiceProvider
{
    /// <inheritdoc/>
    public object? GetService(Type serviceType) => null;

    internal static T Of<T>()
        where T : class => Create<T, AbsentService>();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new NotSupportedException($"The stand-in has no {targetMethod?.DeclaringType?.Name}.");
}
