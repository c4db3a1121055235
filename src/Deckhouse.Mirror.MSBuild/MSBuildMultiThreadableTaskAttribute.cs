// MSBuild looks for this attribute by its full name, so its namespace cannot follow the folder.
#pragma warning disable IDE0130
namespace Microsoft.Build.Framework;
#pragma warning restore IDE0130

/// <summary>
/// Tells MSBuild 18.3 and newer that a task may share a process with others (<c>-mt</c>): it uses no current folder,
/// changes no environment variable and keeps nothing static. Older versions ignore it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
