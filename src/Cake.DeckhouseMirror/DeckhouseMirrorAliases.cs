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
[CakeNamespaceImport("Mirror.Engine")]
[CakeAliasCategory("Deckhouse Mirror")]
public static partial class DeckhouseMirrorAliases
{
}
