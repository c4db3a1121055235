using System.Reflection;

namespace Mirror.Engine.Errors;

/// <summary>
/// An assembly that cannot be loaded, or lacks what the engine was compiled against: the work of whoever installed or
/// loaded the assemblies, not a defect. Hosts that load add-ins into one context get there, if one of them brings
/// another version of a library.
/// </summary>
internal static class LoadFailure
{
    private const string Advice =
        "In a Cake script, write loaddependencies=true, put this #addin before the others, delete the folder "
            + "tools/Addins, and run the script again. Elsewhere, restore the packages again.";

    /// <summary>
    /// What is wrong with which assembly; <see langword="null"/>: the exception is about something else.
    /// </summary>
    public static Fault? Translate(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            string? message = cause switch
            {
                FileNotFoundException { FileName: { } name } when IsAssembly(name) => Missing(new AssemblyName(name)),
                FileLoadException { FileName: { } name } when IsAssembly(name) => Missing(new AssemblyName(name)),
                BadImageFormatException { FileName: { } name } when IsAssembly(name) =>
                    Missing(new AssemblyName(name)),
                MissingMemberException or TypeLoadException =>
                    $"A library has another version than the one the mirror was built with: {cause.Message} "
                        + $"Loaded: {string.Join(", ", Libraries().Select(Describe))}.",
                _ => null,
            };
            if (message is not null)
            {
                return new Fault(FaultCode.AssemblyNotLoaded, message, Advice);
            }
        }

        return null;
    }

    // The name of a file has no version.
    private static bool IsAssembly(string name) => name.Contains(", Version=", StringComparison.Ordinal);

    private static string Missing(AssemblyName wanted)
    {
        string assembly = $"The assembly {wanted.Name} {wanted.Version} cannot be loaded";
        Assembly? found = AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(assembly => assembly.GetName().Name == wanted.Name);
        return found is null
            ? $"{assembly}: it was not found."
            : $"{assembly}: another version is loaded, {Describe(found)}.";
    }

    /// <summary>The loaded libraries that the engine was compiled against, without those of .NET.</summary>
    private static IEnumerable<Assembly> Libraries()
    {
        HashSet<string> names =
        [
            .. typeof(LoadFailure).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
        ];
        return AppDomain.CurrentDomain.GetAssemblies().Where(assembly => names.Contains(assembly.GetName().Name!))
            .OrderBy(assembly => assembly.FullName, StringComparer.Ordinal);
    }

    private static string Describe(Assembly assembly)
    {
        AssemblyName name = assembly.GetName();
        return assembly.IsDynamic || assembly.Location.Length == 0
            ? $"{name.Name} {name.Version}"
            : $"{name.Name} {name.Version} from {assembly.Location}";
    }
}
