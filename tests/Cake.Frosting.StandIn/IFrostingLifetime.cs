using Cake.Core;

namespace Cake.Frosting;

/// <summary>What is done before and after all tasks, as the host sees it.</summary>
public interface IFrostingLifetime
{
    /// <summary>Before the first task.</summary>
    void Setup(ICakeContext context, ISetupContext info);

    /// <summary>After the last task, also after a failure.</summary>
    void Teardown(ICakeContext context, ITeardownContext info);
}
