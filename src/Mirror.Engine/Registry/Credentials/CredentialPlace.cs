using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>A file in which another tool keeps credentials.</summary>
internal sealed record CredentialPlace(string Tool, string Path, string Variable)
{
    /// <summary>Whether the file may name a helper for all registries (<c>credsStore</c>).</summary>
    public bool HasStore => Tool == "docker";

    /// <summary>Whether the user named this very file: then it must be there.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>The files of a run, in the order in which they are asked (docs/settings.md).</summary>
    public static IEnumerable<CredentialPlace> FindAll(RunEnvironment environment)
    {
        string home = OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";
        if (environment["DOCKER_CONFIG"] is { } folder)
        {
            yield return new("docker", System.IO.Path.Combine(folder, "config.json"), "DOCKER_CONFIG");
        }
        else if (environment[home] is { } user)
        {
            yield return new("docker", System.IO.Path.Combine(user, ".docker", "config.json"), home);
        }

        if (environment["REGISTRY_AUTH_FILE"] is { } file)
        {
            yield return new("podman", file, "REGISTRY_AUTH_FILE") { IsRequired = true };
        }
        else if (environment["XDG_RUNTIME_DIR"] is { } runtime)
        {
            yield return new("podman", System.IO.Path.Combine(runtime, "containers", "auth.json"), "XDG_RUNTIME_DIR");
        }
    }

    public override string ToString() => $"{(Tool == "docker" ? "Docker" : "Podman")}'s file '{Path}'";

    public Fault Unusable(string cause) => new(
        FaultCode.CredentialFileUnusable,
        $"The registry asks for a login, but {this} cannot be used: {cause}.",
        $"Correct or remove the file (its place comes from the variable {Variable}), log in again with {Tool} login, "
            + "or give the credential in a variable or setting (docs/settings.md): then the file is not read.");

    public Fault HelperMissing(string program) => new(
        FaultCode.CredentialHelperMissing,
        $"{this} names the credential helper {program}, which is not in any folder of the variable PATH.",
        "Add its folder to PATH by its full path, remove the helper from the file, or give the credential in a "
            + "variable or setting (docs/settings.md): then the file is not read.");

    public Fault HelperFailed(string program, string cause) => new(
        FaultCode.CredentialHelperFailed,
        $"The credential helper {program}, named by {this}, {cause}.",
        $"Log in again with {Tool} login and try the helper by hand; or give the credential in a variable or setting "
            + "(docs/settings.md): then it is not run. What it wrote is not shown, since it may hold secrets.");
}
