using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before and after all tasks.</summary>
public abstract class FrostingLifetime<TContext> : IFrostingLifetime
    where TContext : ICakeContext
{
    /// <summary>Before the first task.</summary>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <summary>After the last task, also after a failure.</summary>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingLifetime.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);

    void IFrostingLifetime.Teardown(ICakeContext context, ITeardownContext info) =>
        Teardown((TContext)context, info);
}
