using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task, as the host sees it.</summary>
public interface IFrostingTask
{
    /// <summary>Does the work.</summary>
    Task RunAsync(ICakeContext context);
}
