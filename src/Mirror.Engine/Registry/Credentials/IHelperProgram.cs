namespace Mirror.Engine.Registry.Credentials;

/// <summary>A credential helper that runs. Disposing it ends it, and what it started, if it still runs.</summary>
internal interface IHelperProgram : IDisposable
{
    /// <summary>What it reads; disposed, it is at its end.</summary>
    Stream Input { get; }

    /// <summary>What it writes as its answer; what it writes besides is dropped.</summary>
    Stream Output { get; }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    Task<int> WaitAsync(CancellationToken cancellationToken);
}
