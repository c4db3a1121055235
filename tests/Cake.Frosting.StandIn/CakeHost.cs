using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Runs the tasks of the program's assembly on Cake's own engine.</summary>
public sealed class CakeHost
{
    internal Type ContextType { get; set; } = typeof(FrostingContext);

    internal Type? LifetimeType { get; set; }

    /// <summary>Runs the target that <c>--target</c> names, or <c>Default</c>.</summary>
    /// <returns>0, or -1 after a failure, as Frosting 6 from its sources does: the exit code 255.</returns>
    public int Run(IEnumerable<string> args)
    {
        HostContext host = HostContext.Create(args);
        try
        {
            RunAsync(host).GetAwaiter().GetResult();
            return 0;
        }
#pragma warning disable CA1031 // Whatever a task throws is the failure of the build.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            host.Context.Log.Error("{0}", exception.Message);
            return -1;
        }
    }

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    private async Task RunAsync(HostContext host)
    {
        CakeEngine engine = new(host.Data, host.Context.Log);
        var context = (ICakeContext)Activator.CreateInstance(ContextType, host.Context)!;
        foreach (Type type in Assembly.GetEntryAssembly()!.GetExportedTypes().Where(IsTask))
        {
            var task = (IFrostingTask)Activator.CreateInstance(type)!;
            CakeTaskBuilder builder = engine.RegisterTask(NameOf(type)).Does(_ => task.RunAsync(context));
            foreach (IsDependentOnAttribute dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
            {
                builder.IsDependentOn(NameOf(dependency.Task));
            }
        }

        if (LifetimeType is not null)
        {
            var lifetime = (IFrostingLifetime)Activator.CreateInstance(LifetimeType)!;
            engine.RegisterSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTeardownAction(info => lifetime.Teardown(context, info));
        }

        ExecutionSettings settings = new();
        settings.SetTarget(host.Context.Arguments.GetArguments("target").FirstOrDefault() ?? "Default");
        DefaultExecutionStrategy strategy = new(host.Context.Log, new CakeReportPrinter(host.Console, host.Context));
        await engine.RunTargetAsync(context, strategy, settings).ConfigureAwait(false);
    }

    private static bool IsTask(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));
}
