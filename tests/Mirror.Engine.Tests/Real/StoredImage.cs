namespace Mirror.Engine.Tests.Real;

/// <summary>One image of a bundle: where it lies, the tag it is pushed under, and what it is.</summary>
internal sealed record StoredImage(string Archive, string Layout, string Tag, string Digest)
{
    public override string ToString() => $"{Archive} {(Layout.Length == 0 ? "." : Layout)} {Tag} {Digest}";
}
