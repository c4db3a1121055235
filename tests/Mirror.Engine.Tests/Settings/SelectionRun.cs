namespace Mirror.Engine.Tests.Settings;

/// <summary>One of the two plans of a row.</summary>
/// <param name="IsChanged">Whether it is the second, with the row's setting.</param>
/// <param name="Host">The address of the source.</param>
/// <param name="BundleDirectory">A folder of its own.</param>
/// <param name="TmpDirectory">A folder that plans share for what they read.</param>
internal sealed record SelectionRun(bool IsChanged, string Host, string BundleDirectory, string TmpDirectory);
