namespace Mirror.Engine.Tests.Settings;

/// <summary>An image of a plan, by what both front ends say of it.</summary>
internal sealed record SelectedImage(string Archive, string Repository, string Tag, string Digest);
