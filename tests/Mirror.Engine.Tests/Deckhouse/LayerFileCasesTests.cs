using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about finding a file in the layers of an image.</summary>
public sealed class LayerFileCasesTests
{
    public static TheoryData<string> Ids => CaseFile.Pull.Ids("image-file");

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_file_that_d8_finds_is_found(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        byte[][] layers = [.. spec.Input.GetProperty("layers").EnumerateArray().Select(layer => Layer.Gzip(
            [.. layer.EnumerateObject().Select(file => (file.Name, file.Value.GetString()!))]))];
        Dictionary<string, string> expected = spec.Expected.GetProperty("content").EnumerateObject()
            .ToDictionary(file => file.Name, file => file.Value.GetString()!, StringComparer.Ordinal);
        using ScriptedRegistry registry = new(request => Answer.Bytes(layers.Single(layer =>
            $"{Digest.OfSha256(layer)}" == request.Address.AbsolutePath.Split('/')[^1])));
        using TemporaryFolder folder = new();
        Manifest image = new(new Descriptor(MediaType.OciManifest, Digest.OfSha256("image"u8), 5))
        {
            Layers = [.. layers.Select(layer => new Descriptor("layer", Digest.OfSha256(layer), layer.Length))],
        };
        ImmutableArray<string> names = [.. expected.Keys, .. SpecCase.Strings(spec.Expected, "missing")];

        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> found =
            await new LayerFile(registry.Client, new BlobSpool(new PhysicalDisk(), folder.FullName)).ReadAsync(
                new ImageContent("r", "t", [image], "test"), "h/r:t", names, TestContext.Current.CancellationToken);

        CaseFile.CheckSet(
            spec,
            expected.Select(file => $"{file.Key}={file.Value}"),
            found.Select(file => $"{file.Key}={Encoding.UTF8.GetString(file.Value.Span)}"));
    }
}
