using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Credentials in files of Docker and Podman, as tests write them; without variables there are none.</summary>
internal static class StoredCredentials
{
    public static CredentialStores Of(EventSink events, params (string Name, string Value)[] variables)
    {
        RunEnvironment environment = Environment(variables);
        PhysicalDisk disk = new();
        return new CredentialStores(
            environment,
            disk,
            new HelperCredentials(environment, disk, TimeProvider.System, HelperProcess.Start),
            events);
    }

    public static RunEnvironment Environment(params (string Name, string Value)[] variables) =>
        new(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));

    /// <summary>A login as Docker writes it.</summary>
    public static string Auth(string login, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}"));

    /// <summary>A file with one entry under <c>auths</c>.</summary>
    public static string File(string key, string entry) => $$"""{"auths":{"{{key}}":{{entry}} } }""";

    public static string File(string key, string login, string password) =>
        File(key, $$"""{"auth":"{{Auth(login, password)}}"}""");

    /// <summary>Writes a file, its folder made first.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes a helper as a shell script.</summary>
    /// <returns>Its path.</returns>
    public static string WriteHelper(string folder, string name, string script)
    {
        Directory.CreateDirectory(folder);
        return ProgramFile.Write(Path.Combine(folder, $"docker-credential-{name}"), $"#!/bin/sh\n{script}\n");
    }
}
