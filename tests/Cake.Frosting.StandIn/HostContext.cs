using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Frosting;

/// <summary>Cake's own context, without what the example has no use for: tools and processes.</summary>
internal sealed record HostContext(ICakeContext Context, ICakeDataService Data, IConsole Console)
{
    public static HostContext Create(IEnumerable<string> args)
    {
        ILookup<string, string> arguments = args.Select(argument => argument.TrimStart('-').Split('=', 2)).ToLookup(
            parts => parts[0], parts => parts.Length > 1 ? parts[1] : "true", StringComparer.OrdinalIgnoreCase);
        CakeEnvironment environment = new(new CakePlatform(), new CakeRuntime());
        FileSystem files = new();
        CakeConsole console = new(environment);
        CakeDataService data = new();
        var verbosity = Enum.Parse<Verbosity>(arguments["verbosity"].FirstOrDefault() ?? "Normal", ignoreCase: true);
        CakeContext context = new(
            files,
            environment,
            new Globber(files, environment),
            new CakeBuildLog(console, verbosity),
            new CakeArguments(arguments),
            AbsentService.Of<IProcessRunner>(),
            AbsentService.Of<IRegistry>(),
            AbsentService.Of<IToolLocator>(),
            data,
            AbsentService.Of<ICakeConfiguration>(),
            AbsentService.Of<IToolInstaller>(),
            new AbsentService());
        return new HostContext(context, data, console);
    }
}
