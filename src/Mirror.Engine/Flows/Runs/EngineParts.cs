using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Flows.Runs;

/// <summary>Everything a run takes from outside: environment, clock, randomness, disk and network.</summary>
internal sealed record EngineParts(RunEnvironment Environment, TimeProvider Time)
{
    public IDisk Disk { get; init; } = new PhysicalDisk();

    /// <summary>Randomness for the spread of retries; a seed makes tests repeatable.</summary>
    public Func<Random> CreateRandom { get; init; } = static () => new Random();

    public Func<RegistryAccess, RunEnvironment, HttpMessageHandler> CreateHandler { get; init; } =
        (access, environment) => RegistryTransport.CreateHandler(access, environment, Time);

    public Func<string, RunEnvironment, IHelperProgram> StartHelper { get; init; } = HelperProcess.Start;

    /// <summary>What is wrong with the files of certificates that the settings of an end name.</summary>
    public ImmutableArray<Fault> FindCertificateFaults(RegistryAccess access) =>
        RegistryTransport.FindCertificateFaults(access, Environment, Time);

    /// <summary>The credentials that other tools keep, for one connection.</summary>
    public CredentialStores CreateStores(EventSink events) =>
        new(Environment, Disk, new HelperCredentials(Environment, Disk, Time, StartHelper), events);
}
