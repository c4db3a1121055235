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
[CakeNamespaceImport("Mirror.Engine.Errors")]
[CakeNamespaceImport("Mirror.Engine.Oci")]
[CakeNamespaceImport("Mirror.Engine.Plan")]
[CakeNamespaceImport("Mirror.Engine.Report")]
[CakeNamespaceImport("Mirror.Engine.Settings")]
[CakeNamespaceImport("Mirror.Engine.Versions")]
public static partial class DeckhouseMirrorAliases
{
}
