using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Cake.DeckhouseMirror;

/// <summary>What happens before the first code of the addin runs.</summary>
internal static class AddinModule
{
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "Whatever a script uses first, settings or an alias, may need a library of the engine.")]
    internal static void Initialize() => EngineLibraries.Register();
}
