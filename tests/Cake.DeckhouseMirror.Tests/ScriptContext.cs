using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Mirror.Engine;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>The context of a script: what the addin uses is there, what it has no business with is not.</summary>
internal sealed class ScriptContext : ICakeContext, IServiceProvider
{
    public RecordingLog Recorded { get; } = new();

    public TestEnvironment Machine { get; } = new();

    public ICakeLog Log => Recorded;

    public ICakeEnvironment Environment => Machine;

    public IFileSystem FileSystem { get; } = new FileSystem();

    public IGlobber Globber => new Globber(FileSystem, Environment);

    public ICakeArguments Arguments => throw new NotSupportedException();

    public IProcessRunner ProcessRunner => throw new NotSupportedException();

    public IRegistry Registry => throw new NotSupportedException();

    public IToolLocator Tools => throw new NotSupportedException();

    public ICakeDataResolver Data => throw new NotSupportedException();

    public ICakeConfiguration Configuration => throw new NotSupportedException();

    public IToolInstaller ToolInstaller => throw new NotSupportedException();

    public IServiceProvider ServiceProvider => this;

    /// <summary>What a test registered in Cake's container, if anything.</summary>
    public IMirrorEngine? Engine { get; init; }

    public object? GetService(Type serviceType) => serviceType == typeof(IMirrorEngine) ? Engine : null;
}
