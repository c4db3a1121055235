using Cake.Core;

namespace Cake.DeckhouseMirror;

/// <summary>The environment variables as Cake sees them, in the form that the engine reads.</summary>
internal static class CakeVariables
{
    public static IReadOnlyDictionary<string, string> Read(ICakeEnvironment environment)
    {
        Dictionary<string, string> variables = new(
            environment.Platform.Family == PlatformFamily.Windows
                ? StringComparer.OrdinalIgnoreCase
                : StringComparer.Ordinal);
        foreach ((string name, string? value) in environment.GetEnvironmentVariables())
        {
            variables[name] = value ?? "";
        }

        return variables;
    }
}
