using Cake.Core;
using Cake.Core.IO;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>An environment of a Cake script that has nothing to do with the process.</summary>
internal sealed class TestEnvironment : ICakeEnvironment, ICakePlatform
{
    public Dictionary<string, string?> Variables { get; } = [];

    public DirectoryPath WorkingDirectory { get; set; } = "/scripts/airgap";

    public DirectoryPath UserHomeDirectory => "/home/user";

    public DirectoryPath ApplicationRoot => "/cake";

    public ICakePlatform Platform => this;

    public ICakeRuntime Runtime => throw new NotSupportedException();

    public PlatformFamily Family { get; set; } = PlatformFamily.Linux;

    public bool Is64Bit => true;

    public DirectoryPath GetSpecialPath(SpecialPath path) => throw new NotSupportedException();

    public string? GetEnvironmentVariable(string variable) => Variables.GetValueOrDefault(variable);

    public IDictionary<string, string?> GetEnvironmentVariables() => Variables;
}
