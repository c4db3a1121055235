using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task whose work is asynchronous.</summary>
public abstract class AsyncFrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work.</summary>
    public virtual Task RunAsync(T context) => Task.CompletedTask;

    Task IFrostingTask.RunAsync(ICakeContext context) => RunAsync((T)context);
}
