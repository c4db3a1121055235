using Cake.Core.Annotations;

namespace Cake.DeckhouseMirror;

/// <summary>
/// <para>Mirrors the Deckhouse Kubernetes Platform into closed networks: plan, pull, verify, push.</para>
/// <para>
/// In order to use the commands for this addin, include the following in your <c>build.cake</c> file; without
/// <c>version</c> the newest is taken:
/// <code>
/// #addin nuget:?package=Cake.DeckhouseMirror&amp;prerelease&amp;loaddependencies=true
/// </code>
/// </para>
/// </summary>
[CakeAliasCategory("Deckhouse Mirror")]
public static partial class DeckhouseMirrorAliases
{
    // The forms with an action have an optional parameter so that C# takes new() { ... } for settings: of two overloads
    // that fit, it takes the one that leaves none out.
    private static TSettings Configured<TSettings>(Action<TSettings> configure, TSettings settings)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(settings);
        return settings;
    }
}
