using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Format;

/// <summary>One entry of an <c>index.json</c>: a tag and the manifest it stands for.</summary>
internal sealed record IndexedImage(string Tag, Descriptor Descriptor);
