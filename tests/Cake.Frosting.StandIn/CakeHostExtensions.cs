namespace Cake.Frosting;

/// <summary>What a build tells its host.</summary>
public static class CakeHostExtensions
{
    /// <summary>The context of all tasks.</summary>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext
    {
        host.ContextType = typeof(TContext);
        return host;
    }

    /// <summary>What is done before and after all tasks.</summary>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime
    {
        host.LifetimeType = typeof(TLifetime);
        return host;
    }
}
