using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Archives;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Many images may be read together; what their layers cost in memory and threads stays bounded.</summary>
public sealed class LayerTurnsTests : IDisposable
{
    private const string Name = "version.json";
    private const int Images = 12;

    private readonly SemaphoreSlim _looked = new(0);
    private readonly SemaphoreSlim _unpacking = new(0);
    private readonly SemaphoreSlim _going = new(0);
    private int _active;
    private int _highest;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _looked.Dispose();
        _unpacking.Dispose();
        _going.Dispose();
    }

    [Fact]
    public Task Four_layers_are_unpacked_at_a_time() => DemandTurnsAsync(Layer.Gzip((Name, "text")), 4);

    [Fact]
    public Task One_layer_that_needs_a_window_is_unpacked_at_a_time() =>
        DemandTurnsAsync(Layer.Zstandard(Layer.Tar((Name, "text"))), 1);

    private async Task DemandTurnsAsync(byte[] layer, int turns)
    {
        LayerFile files = new(_ => new MeteredLayer(this, layer));
        Descriptor descriptor = new("layer", Digest.OfSha256(layer), layer.Length);
        Task[] readings =
        [
            .. Enumerable.Range(0, Images).Select(number => files.ReadAsync(
                new ImageContent("r", $"{number}", [ImageOf(number, descriptor)], "test"),
                $"h/r:{number}",
                [Name],
                Cancellation)),
        ];

        for (int image = 0; image < Images; image++)
        {
            await _looked.WaitAsync(Cancellation);
        }

        for (int image = 0; image < Images; image++)
        {
            await _unpacking.WaitAsync(Cancellation);
            if (image >= turns - 1)
            {
                _going.Release();
            }
        }

        _going.Release(turns);
        await Task.WhenAll(readings);
        Assert.Equal(turns, _highest);
    }

    private static Manifest ImageOf(int number, Descriptor layer) =>
        new(new Descriptor(MediaType.OciManifest, Digest.OfSha256(Encoding.UTF8.GetBytes($"{number}")), 5))
        {
            Layers = [layer],
        };

    private void Enter()
    {
        int active = Interlocked.Increment(ref _active);
        int highest;
        while ((highest = Volatile.Read(ref _highest)) < active)
        {
            Interlocked.CompareExchange(ref _highest, active, highest);
        }

        _unpacking.Release();
        _going.Wait(Cancellation);
        Interlocked.Decrement(ref _active);
    }

    /// <summary>Its first look tells how it is packed, before its turn; the second begins to unpack it.</summary>
    private sealed class MeteredLayer(LayerTurnsTests test, byte[] content) : MemoryStream(content)
    {
        private int _looks;

        public override int Read(Span<byte> buffer)
        {
            int look = Interlocked.Increment(ref _looks);
            if (look == 1)
            {
                test._looked.Release();
            }
            else if (look == 2)
            {
                test.Enter();
            }

            return base.Read(buffer);
        }
    }
}
